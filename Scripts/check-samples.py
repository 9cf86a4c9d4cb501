#!/usr/bin/env python3
"""Checks the samples in the documentation: compiles and runs every Swift program, runs every transcript and compares.

    Scripts/check-samples.py PROGRAM [FILE.md ...]        all documentation if no file is given

The words after the fence say what a block is:

    ```swift            a whole program: it is compiled with this package and run, and must end with success
    ```swift compile    a whole program that needs data or much time: it is compiled, not run
    ```swift excerpt    a part of a program: it is not compiled
    ```swift excerpt PATH   lines of that file of this project: the file must contain them in this order. Indentation
                        and blank lines are ignored, and a line "…" stands for any lines between
    ```console          a transcript: the commands after "$ " are run in order, in one temporary folder for each
                        document. The lines after a command must be what it prints on both streams

In transcripts, only `numeral` and `make demo` (which runs `numeral train digits`) are run. Other commands are skipped
together with their output. A command is also skipped if its dataset is missing, or if it needs the run of a skipped
command. In a transcript

    …                   alone on a line stands for any number of lines
    text…               stands for any rest of the line
    runs/…              in a command stands for the latest run

Things that differ from run to run are not compared: durations, rates, names of runs, threads, kernels and blank lines.
"""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SCRATCH = os.path.join(ROOT, ".build", "samples")
NO_DATA = "the dataset is not there"

# Patterns that are not compared, with their replacements.
VOLATILE = [
    (r"\d{8}-\d{6}-", "DATE-"),
    (r"\b\d+ h \d\d min\b", "TIME"),
    (r"\b\d+ min \d\d s\b", "TIME"),
    (r"\b\d[\d.,]* (ms|s|seconds?)\b", "TIME"),
    (r"\b\d[\d.,]*[kMG]? images/s\b", "RATE"),
    (r"\bon \d+ threads?\b", "on THREADS"),
    (r"\((baseline|avx2|avx512)\)", "(KERNELS)"),
    (r"\bkernels (baseline|avx2|avx512)\b", "kernels KERNELS"),
    (r'"(seconds|trainSeconds|epochSecondsMedian|loadSeconds|imagesPerSecond)":[-0-9.e]+', r'"\1":TIME'),
    (r'"threads":\d+', '"threads":N'),
    (r"\bcommit [0-9a-f]{7,}\+?", "commit HASH"),
]


def blocks(path):
    """The blocks of a file that have a word after the fence: (line number, words, lines)."""
    fence = None
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            if fence is None and re.match(r"\s*```\w", line):
                indent = len(line) - len(line.lstrip())
                fence = (number, line.strip()[3:].split(), [], indent)
            elif fence is not None and line.strip() == "```":
                yield fence[:3]
                fence = None
            elif fence is not None:
                fence[2].append(line[fence[3]:])
    if fence is not None:
        raise SystemExit(f"samples: {path}:{fence[0]}: the block has no closing fence")


def settled(line):
    for pattern, replacement in VOLATILE:
        line = re.sub(pattern, replacement, line)
    # The padding of a table row may depend on a figure that is not compared.
    return re.sub(r" +", " ", line).rstrip()


def matches(expected, found):
    """True if the lines of a transcript match the lines that were printed."""
    if not expected:
        return not found
    if expected[0].strip() in ("…", "..."):
        return any(matches(expected[1:], found[skip:]) for skip in range(len(found) + 1))
    if not found:
        return False
    want, have = settled(expected[0]), settled(found[0])
    same = have.startswith(want[:-1].rstrip()) if want.endswith("…") else have == want
    return same and matches(expected[1:], found[1:])


def commands(lines):
    """The commands of a transcript, each with the lines that it prints."""
    result = []
    continued = False
    for line in lines:
        if line.startswith("$ "):
            result.append([line[2:], []])
        elif continued:
            result[-1][0] += "\n" + line
        elif result:
            result[-1][1].append(line)
        continued = line.endswith("\\") and (line.startswith("$ ") or continued)
    for command in result:
        while command[1] and not command[1][-1].strip():
            command[1].pop()
    return result


def with_latest_run(command, folder):
    """The command, with the transcript's name of a run replaced by the latest run in this folder."""
    def latest(match):
        ending = match.group(1) or ""
        runs = [run for run in glob.glob(os.path.join(folder, "runs", "*")) if run.endswith(ending)]
        runs.sort(key=os.path.getmtime)
        return "runs/" + os.path.basename(runs[-1]) if runs else match.group(0)
    return re.sub(r"runs/(?:…|\.\.\.|\d{8}-\d{6}(-[a-z0-9-]+))", latest, command)


def excerpt_fault(place, path, lines):
    """The fault of an excerpt; None if the file contains these lines."""
    try:
        with open(os.path.join(ROOT, path), encoding="utf-8") as file:
            found = [line.strip() for line in file if line.strip()]
    except OSError as error:
        return f"{place}: {path} cannot be read: {error.strerror}"
    start, piece = 0, []
    for line in [line.strip() for line in lines if line.strip()] + ["…"]:
        if line != "…":
            piece.append(line)
            continue
        if not piece:
            continue
        places = [at for at in range(start, len(found)) if found[at:at + len(piece)] == piece]
        if not places:
            return f"{place}: these lines are not in {path}, or not in this order:\n    " + "\n    ".join(piece)
        start, piece = places[0] + len(piece), []
    return None


def check_transcript(place, lines, folder, environment):
    """Runs the commands of a transcript; returns how many were run, and the faults."""
    count, faults = 0, []
    for command, expected in commands(lines):
        first = command.split()[0] if command.split() else ""
        if first != "numeral" and command.strip() != "make demo":
            continue
        # A training that was skipped left no run.
        passed_over = os.path.join(folder, ".passed-over")
        if os.path.exists(passed_over) and "runs/" in command:
            continue
        line = "numeral train digits" if command.strip() == "make demo" else with_latest_run(command, folder)
        done = subprocess.run(
            ["bash", "-c", line], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, stdin=subprocess.DEVNULL)
        # A sentence may be wrapped over several lines.
        if NO_DATA in " ".join(done.stdout.split()):
            print(f"samples: {place}: skipped, because its dataset is missing: {command}")
            open(passed_over, "w").close()
            continue
        count += 1
        found = done.stdout.split("\n")
        # On a terminal there is one more blank line between progress and result.
        if not matches([line for line in expected if line.strip()], [line for line in found if line.strip()]):
            faults.append(
                f"{place}: $ {command}\n  expected:\n" + "\n".join("    " + line for line in expected)
                + "\n  found:\n" + "\n".join("    " + line for line in found))
    return count, faults


def check_programs(programs):
    """Compiles all programs in one package, and runs those without the word "compile"; returns the faults."""
    if not programs:
        return []
    package = os.path.join(SCRATCH, "package")
    shutil.rmtree(package, ignore_errors=True)
    targets = []
    for number, (_, _, lines) in enumerate(programs, 1):
        folder = os.path.join(package, "Sources", f"Sample{number}")
        os.makedirs(folder)
        with open(os.path.join(folder, "main.swift"), "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        targets.append(
            f'.executableTarget(name: "Sample{number}", dependencies: [.product(name: "Numeral", package: "Numeral"), '
            f'.product(name: "NumeralData", package: "Numeral")])')
    with open(os.path.join(package, "Package.swift"), "w", encoding="utf-8") as file:
        file.write(
            "// swift-tools-version: 6.2\nimport PackageDescription\n\nlet package = Package(\n"
            '  name: "Samples", platforms: [.macOS(.v15)], '
            f'dependencies: [.package(name: "Numeral", path: "{ROOT}")],\n  targets: [' + ", ".join(targets)
            + "],\n  swiftLanguageModes: [.v6])\n")
    build = ["swift", "build", "--package-path", package, "--scratch-path", os.path.join(SCRATCH, "build")]
    done = subprocess.run(build, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        text = done.stdout
        for number, (place, _, _) in enumerate(programs, 1):
            name, start = place.rsplit(":", 1)
            text = re.sub(
                rf"\S*/Sample{number}/main\.swift:(\d+)",
                lambda match: f"{name}:{int(start) + int(match.group(1))}", text)
        return ["a program does not compile:\n" + text]
    faults = []
    for number, (place, words, _) in enumerate(programs, 1):
        if "compile" in words:
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                done = subprocess.run(
                    [os.path.join(SCRATCH, "build", "debug", f"Sample{number}")], cwd=folder, stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT, text=True, timeout=300)
            except subprocess.TimeoutExpired:
                faults.append(f"{place}: the program did not end within 300 s")
                continue
        if done.returncode != 0:
            faults.append(f"{place}: the program ended with exit code {done.returncode}:\n{done.stdout}")
    return faults


def main():
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    program = os.path.abspath(sys.argv[1])
    files = sys.argv[2:] or [
        path for pattern in ("README.md", "CONTRIBUTING.md", "Documentation/**/*.md", "Tests/Samples/*.md")
        for path in sorted(glob.glob(os.path.join(ROOT, pattern), recursive=True))]
    environment = dict(os.environ)
    environment.pop("NUMERAL_KERNELS", None)
    environment["NO_COLOR"] = "1"
    environment["PATH"] = os.path.dirname(program) + os.pathsep + environment["PATH"]
    programs, faults, ran, excerpts = [], [], 0, 0
    for path in files:
        name = os.path.relpath(path, ROOT)
        with tempfile.TemporaryDirectory() as folder:
            for number, words, lines in blocks(path):
                place = f"{name}:{number}"
                if words[0] == "swift" and "excerpt" not in words:
                    programs.append((place, words, lines))
                elif words[:2] == ["swift", "excerpt"] and len(words) > 2:
                    fault = excerpt_fault(place, words[2], lines)
                    excerpts += 1
                    faults += [fault] if fault else []
                elif words[0] == "console":
                    count, found = check_transcript(place, lines, folder, environment)
                    ran += count
                    faults += found
    faults += check_programs(programs)
    for fault in faults:
        print(f"samples: {fault}", file=sys.stderr)
    if faults:
        raise SystemExit(1)
    print(
        f"samples: {len(programs)} programs, {ran} commands and {excerpts} excerpts in {len(files)} documents are "
        "correct")


if __name__ == "__main__":
    main()
