"""Lets the tests of this folder (and the benchmark) import `trapsite`: importlib mode adds no path."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
