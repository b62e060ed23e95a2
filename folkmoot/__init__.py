"""The front door: command line, configuration, the order of the stages, the schedule, the demo."""
