#!/bin/sh
# Draws the images of the documentation again: Scripts/draw-pictures.sh PROGRAM
#
# Trains the recipe `two-hidden` with seed 1 on MNIST ($NUMERAL_DATA) and draws its figures to Documentation/pictures.
# The same seed gives the same weights and the same bytes, so `git diff` shows whether an image has changed.
set -eu

program=$(realpath "${1:?"usage: $0 PROGRAM"}")
pictures=$(dirname "$(realpath "$0")")/../Documentation/pictures
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$program" train two-hidden --seed 1 --quiet --output "$folder" > /dev/null
run=$(echo "$folder"/*)
mkdir -p "$pictures"
draw() {
  kind=$1
  shift
  "$program" plot "$run" "$kind" --output "$pictures/$kind.svg" "$@"
}
draw samples --count 12
draw weights --count 24
draw activation-histogram
draw loss
draw confusion
draw worst --count 10
draw reliability
