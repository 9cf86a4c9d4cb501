#!/usr/bin/env python3
"""Checks that the dependencies between the folders of a target have no circle.

A folder depends on another folder if one of its files names a type or a free function that only files of the other
folder declare. Swift has no imports between the folders of a module, so this script reads the sources. It takes the
names of types and free functions that are declared at the top level of files in exactly one folder. An extension of a
type in another folder counts, because it names the type.

    Scripts/check-folders.py Sources/Numeral
"""
import collections
import pathlib
import re
import sys

DECLARATION = re.compile(
    r"^(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|internal|final|indirect)\s+)*"
    r"(?:class|struct|enum|protocol|typealias|func)\s+(\w+)", re.MULTILINE)
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
TEXT = re.compile(r'"(?:\\.|[^"\\\n])*"')


def main():
    root = pathlib.Path(sys.argv[1])
    sources = {}
    for path in sorted(root.rglob("*.swift")):
        folder = path.relative_to(root).parts[0] if path.parent != root else "."
        sources[path] = (folder, TEXT.sub('""', COMMENT.sub("", path.read_text())))
    homes = collections.defaultdict(set)
    for folder, text in sources.values():
        for name in DECLARATION.findall(text):
            homes[name].add(folder)
    home = {name: folders.pop() for name, folders in homes.items() if len(folders) == 1}
    needs = collections.defaultdict(lambda: collections.defaultdict(set))
    for path, (folder, text) in sources.items():
        for name in set(re.findall(r"\b[A-Za-z_]\w*\b", text)):
            if name in home and home[name] != folder and folder != ".":
                needs[folder][home[name]].add(f"{path.name}: {name}")
    # Remove the folders that need none of the remaining ones, again and again.
    left = set(needs) | {other for others in needs.values() for other in others}
    order = []
    while True:
        free = sorted(f for f in left if not any(other in left and other != f for other in needs[f]))
        if not free:
            break
        order += free
        left -= set(free)
    if left:
        print(f"folders: these of {root} depend on each other in a circle, expected none:", file=sys.stderr)
        for folder in sorted(left):
            for other in sorted(set(needs[folder]) & left):
                uses = sorted(needs[folder][other])
                print(f"  {folder} needs {other} for {', '.join(uses[:6])}"
                      + (f" and {len(uses) - 6} more" if len(uses) > 6 else ""), file=sys.stderr)
        sys.exit(1)
    print(f"folders: no circle among {len(order)} folders of {root}; each needs only those before it:")
    print("  " + ", ".join(order))


main()
