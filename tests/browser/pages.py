"""What every page in a browser is held to."""

LISTEN = """
window.violations = [];
addEventListener('securitypolicyviolation', event => violations.push(event.violatedDirective + ' ' + event.sourceFile));
"""
"""A script that keeps what the page's policy refused."""
AXE_RUN = """axe.run({
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
})"""
"""It checks all the same; that it need not describe all that is in order saves three quarters of its time."""
