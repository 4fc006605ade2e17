# Sourced by the board's root shell: what people and switches do to the header. Needs bash, because
# nothing here may start a process: emulated, that takes longer than a contact bounces.

header=/run/board-gpio

# Something to wait at, for fractions of a second.
nothing=$(mktemp -u)
mkfifo "$nothing"
exec 9<>"$nothing"

pause() { # SECONDS
  read -r -t "$1" -u 9 || :
}

turn() { # BCM 0|1: a closed switch connects its line to ground
  if [ "$2" = 1 ]; then echo pull-down; else echo pull-up; fi >"$header/sim_gpio$1/pull"
}

led() { # sets $lit
  read -r lit <"$header/sim_gpio22/value"
}

awaits() { # 0|1: the LED, for two seconds at most
  local polls=0
  led
  until [ "$lit" = "$1" ] || [ $polls -ge 400 ]; do
    pause 0.005
    polls=$((polls + 1))
    led
  done
  [ "$lit" = "$1" ]
}

# All four positions, prints AB=LED each. One switch at a time, so that every answer is a new one.
positions() {
  local position a b
  turn 17 0
  turn 27 0
  pause 0.2
  for position in 01 11 10 00; do
    a=${position:0:1} b=${position:1}
    turn 17 "$a"
    turn 27 "$b"
    awaits $((a ^ b)) && pause 0.1
    led
    printf '%s=%s ' "$position" "$lit"
  done
}

# Flips as A3 (switch A, which bounces three times), from both switches open. Every flip of one
# switch changes the answer of XOR. Prints for each how many microseconds the LED took, or 'wrong'.
flips() { # FLIP...
  local a=0 b=0 bcm new flip bounces since
  turn 17 0
  turn 27 0
  pause 0.2
  for flip; do
    if [ "${flip:0:1}" = A ]; then
      a=$((1 - a)) bcm=17 new=$a
    else
      b=$((1 - b)) bcm=27 new=$b
    fi
    for ((bounces = ${flip:1}; bounces > 0; bounces--)); do
      turn $bcm $new
      turn $bcm $((1 - new))
    done
    turn $bcm $new
    since=${EPOCHREALTIME/[.,]/}
    awaits $((a ^ b)) || :
    since=$((${EPOCHREALTIME/[.,]/} - since))
    pause 0.02
    led
    if [ "$lit" = $((a ^ b)) ]; then echo $since; else echo wrong; fi
  done
}
