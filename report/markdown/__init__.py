"""The report as Markdown for GitHub."""
