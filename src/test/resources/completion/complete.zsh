# Prints what zsh completes on a terminal, as a wrapper of compadd sees it: SCRIPT LINE
zmodload zsh/zpty
seen=$(mktemp) dump=$(mktemp)
zpty shell zsh -f -i
say() { zpty -w shell "$1" }
say "PROMPT= RPROMPT= seen=$seen; unsetopt zle_bracketed_paste"
say "autoload -Uz compinit; compinit -D -u"
say "source ${(q)1}"
say 'compadd() {
  local -a matches
  if [[ " ${(j: :)@[1,(i)--]}" != *" -"[OAD]* ]]; then
    builtin compadd -O matches "$@"; print -rl -- $matches >>$seen
  fi
  builtin compadd "$@"
}'
say "print ready >>$dump"
until [[ -s $dump ]]; do zpty -r -t shell >/dev/null; sleep 0.05; done
: >$dump
zpty -w -n shell "$2"$'\t'
# The line is left, and the next one shows that its completion is over.
zpty -w -n shell $'\x15'"print over >>$dump"$'\n'
repeat 200; do
  zpty -r -t shell >/dev/null
  [[ ! -s $dump ]] || break
  sleep 0.05
done
zpty -d shell
grep -v '^$' $seen
rm -f $seen $dump
