# Prints what bash completes: SCRIPT LINE
source "$1"
line=${2//=/ = } # as bash takes a line apart
read -ra COMP_WORDS <<<"$line"
[[ $line != *' ' || $2 == *= ]] || COMP_WORDS+=('')
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
rule=($(complete -p "${COMP_WORDS[0]##*/}")) # bash looks for a path by its last name
"${rule[2]}"
printf '%s\n' "${COMPREPLY[@]}"
