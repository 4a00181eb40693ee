"""What people and other programs are given: pages, Markdown and exchange formats."""
