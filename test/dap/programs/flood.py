"""Writes 1 MiB in numbered lines, without an end of line at its end."""

import sys

line = 0
size = 0
parts = []
while size < 1 << 20:
    part = '%07d ünïcödé ☃ 𝄞 \t\\ "quoted" {braces} \x1b[31mred\x1b[0m\n' % line
    parts.append(part)
    size += len(part.encode("utf-8"))
    line += 1
sys.stdout.write("".join(parts) + "the end")
