#compdef switchback
# Completion of switchback for zsh, also of a path such as scripts/switchback. To have it in every shell:
#   echo 'source <(switchback completion zsh)' >>~/.zshrc        # behind compinit

# Sets candidates to those of an option or argument: '-' where an option takes no value.
_switchback_candidates() { # COMMAND NAME
  local row=${_switchback_rows[(r)$1;$2;*]}
  candidates=${${row#$1;$2;}%%;*}
  [[ -n $row ]]
}

_switchback() {
  local command=switchback option='' argument=1 candidates='' word row rest name
  local -a commands options files listed
  for word in "${(@Q)words[2,CURRENT-1]}"; do
    if [[ -n $option ]]; then
      option=''
    elif [[ $word == -* ]]; then
      _switchback_candidates $command $word && [[ $candidates != - ]] && option=$word
    elif _switchback_candidates $command $word; then
      command+=" $word" argument=1
    else
      ((argument++))
    fi
  done
  if [[ -z $option && $PREFIX == --*=* ]]; then
    option=${PREFIX%%=*}
    compset -P '*='
  fi

  candidates=''
  if [[ -n $option ]]; then
    _switchback_candidates $command $option
  else
    for row in ${(M)_switchback_rows:#$command;[-a-z]*}; do
      rest=${row#$command;} name=${rest%%;*}
      if [[ $name == -* ]]; then options+=("$name:${row#*;*;*;}"); else commands+=("$name:${row#*;*;*;}"); fi
    done
    if [[ $PREFIX == -* ]]; then
      _describe -o option options
      return
    fi
    ((!$#commands)) || _describe command commands
    _switchback_candidates $command $argument
  fi

  if [[ $candidates == ,* ]]; then # several, joined by commas
    candidates=${candidates#,}
    compset -P '*,'
    compadd -S '' -- ${=candidates}
    return
  fi
  for word in ${=candidates}; do
    case $word in
      '*/') _files -/ ;;
      '*'*) files+=($word) ;;
      /*) listed+=($~word(N)) ;;
      '$SWITCHBACK_PORTS') listed+=(${(s.:.)SWITCHBACK_PORTS}) ;;
      *) listed+=($word) ;;
    esac
  done
  ((!$#files)) || _files -g "$files"
  ((!$#listed)) || compadd -- $listed
}

# command;option, argument or command;candidates;description
_switchback_rows=(
@ROWS@
)

if [[ ${funcstack[1]} == _switchback ]]; then _switchback "$@"; else compdef _switchback switchback; fi
