# Completion of switchback for bash, also of a path such as scripts/switchback. To have it in every shell:
#   echo 'source <(switchback completion bash)' >>~/.bashrc

# Prints the candidates of an option or argument: '-' where an option takes no value.
_switchback_candidates() { # COMMAND NAME
  local row
  for row in "${_switchback_rows[@]}"; do
    if [[ $row == "$1;$2;"* ]]; then
      row=${row#"$1;$2;"}
      echo "${row%%;*}"
      return 0
    fi
  done
  return 1
}

_switchback() {
  local current=${COMP_WORDS[COMP_CWORD]} command=switchback option='' argument=1
  local candidates='' prefix='' directories='' word row i
  local -a words=()
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ $word == = ]]; then # bash takes --option=value for three words
      continue
    elif [[ -n $option ]]; then
      option=''
    elif [[ $word == -* ]]; then
      candidates=$(_switchback_candidates "$command" "$word") && [[ $candidates != - ]] && option=$word
    elif _switchback_candidates "$command" "$word" >/dev/null; then
      command+=" $word"
      argument=1
    else
      ((argument++))
    fi
  done
  if [[ $current == = ]]; then
    current=''
  elif [[ $current == --*=* ]]; then
    option=${current%%=*} prefix=${current%%=*}= current=${current#*=}
  fi

  candidates=''
  if [[ -n $option ]]; then
    candidates=$(_switchback_candidates "$command" "$option")
  else
    for row in "${_switchback_rows[@]}"; do
      word=${row#"$command;"}
      word=${word%%;*}
      if [[ $row == "$command;-"* && $current == -* || $row == "$command;"[a-z]* ]]; then
        words+=("$word")
      fi
    done
    [[ $current == -* ]] || candidates=$(_switchback_candidates "$command" "$argument")
  fi

  if [[ $candidates == ,* ]]; then # several, joined by commas
    candidates=${candidates#,}
    [[ $current != *,* ]] || prefix+=${current%,*},
    current=${current##*,}
  fi
  local -a listed=()
  read -ra listed <<<"$candidates"
  for word in ${listed[@]+"${listed[@]}"}; do
    case $word in
      '*'*)
        compopt -o filenames 2>/dev/null
        while IFS= read -r row; do
          [[ -d $row ]] || COMPREPLY+=("$prefix$row")
        done < <(compgen -f -X "!$word" -- "$current")
        directories=yes
        ;;
      /*)
        while IFS= read -r row; do
          words+=("$row")
        done < <(compgen -G "$word")
        ;;
      "\$SWITCHBACK_PORTS")
        IFS=: read -ra listed <<<"${SWITCHBACK_PORTS-}"
        words+=(${listed[@]+"${listed[@]}"})
        ;;
      *) words+=("$word") ;;
    esac
  done
  if [[ -n $directories ]]; then
    while IFS= read -r row; do
      COMPREPLY+=("$prefix$row")
    done < <(compgen -d -- "$current")
  fi
  for word in ${words[@]+"${words[@]}"}; do
    [[ $word != "$current"* ]] || COMPREPLY+=("$prefix$word")
  done
}

complete -F _switchback switchback

# command;option, argument or command;candidates;description
_switchback_rows=(
@ROWS@
)
