# Sourced by the board's root shell: what people and switches do to the header. Needs bash, because
# nothing here may start a process: emulated, that takes longer than a contact bounces.

header=/run/board-gpio

# Where the switches are; add_chip moves switch B to another chip.
switch_a=$header/sim_gpio17
switch_b=$header/sim_gpio27

# Something to wait at, for fractions of a second.
nothing=$(mktemp -u)
mkfifo "$nothing"
exec 9<>"$nothing"

pause() { # SECONDS
  read -r -t "$1" -u 9 || :
}

turn() { # A|B 0|1: a closed switch connects its line to ground
  local line=$switch_a
  [ "$1" = A ] || line=$switch_b
  if [ "$2" = 1 ]; then echo pull-down; else echo pull-up; fi >"$line/pull"
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
  turn A 0
  turn B 0
  pause 0.2
  for position in 01 11 10 00; do
    a=${position:0:1} b=${position:1}
    turn A "$a"
    turn B "$b"
    awaits $((a ^ b)) && pause 0.1
    led
    printf '%s=%s ' "$position" "$lit"
  done
}

# Flips as A3 (switch A, which bounces three times), from both switches open. Every flip of one
# switch changes the answer of XOR. Prints for each how many microseconds the LED took, or 'wrong'.
flips() { # FLIP...
  local a=0 b=0 switch new flip bounces since
  turn A 0
  turn B 0
  pause 0.2
  for flip; do
    switch=${flip:0:1}
    if [ "$switch" = A ]; then
      a=$((1 - a)) new=$a
    else
      b=$((1 - b)) new=$b
    fi
    for ((bounces = ${flip:1}; bounces > 0; bounces--)); do
      turn "$switch" $new
      turn "$switch" $((1 - new))
    done
    turn "$switch" $new
    since=${EPOCHREALTIME/[.,]/}
    awaits $((a ^ b)) || :
    since=$((${EPOCHREALTIME/[.,]/} - since))
    pause 0.02
    led
    if [ "$lit" = $((a ^ b)) ]; then echo $since; else echo wrong; fi
  done
}

# A second chip, with the label extra. Switch B is on its line 3 until move_back.
add_chip() {
  local bank=/sys/kernel/config/gpio-sim/extra/bank0
  mkdir -p "$bank/line3"
  echo 8 >"$bank/num_lines"
  echo extra >"$bank/label"
  echo BUTTON_B >"$bank/line3/name"
  echo 1 >"$bank/../live"
  find_chips
}

move_back() {
  switch_b=$header/sim_gpio27
}

# The numbers of chips change when they come back.
find_chips() {
  ln -sfn "$(chip_directory board)" "$header"
  switch_b=$(chip_directory extra)/sim_gpio3
}

chip_directory() { # board|extra
  local device=/sys/kernel/config/gpio-sim/$1
  echo "/sys/devices/platform/$(cat "$device/dev_name")/$(cat "$device/bank0/chip_name")"
}

driver() { # bind|unbind board|extra
  cat "/sys/kernel/config/gpio-sim/$2/dev_name" >"/sys/bus/platform/drivers/gpio-sim/$1"
}
