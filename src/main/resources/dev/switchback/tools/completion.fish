# Completion of switchback for fish, also of a path such as scripts/switchback. To have it in every shell:
#   switchback completion fish >~/.config/fish/completions/switchback.fish

# Prints the candidates of an option or argument: '-' where an option takes no value.
function __switchback_candidates -a command name
    set -l row (string match -- "$command;$name;*" $__switchback_rows)
    or return 1
    set -l fields (string split ';' -- $row[1])
    echo $fields[3]
end

function __switchback_complete
    set -l command switchback
    set -l option ''
    set -l argument 1
    set -l prefix ''
    set -l current (commandline -ct)
    for word in (commandline -opc)[2..-1]
        if test -n "$option"
            set option ''
        else if string match -q -- '-*' $word
            set -l candidates (__switchback_candidates $command $word)
            and test "$candidates" != -
            and set option $word
        else if __switchback_candidates $command $word >/dev/null
            set command "$command $word"
            set argument 1
        else
            set argument (math $argument + 1)
        end
    end
    if test -z "$option"; and string match -q -- '--*=*' $current
        set option (string replace -r '=.*' '' -- $current)
        set prefix $option=
        set current (string replace -r '^[^=]*=' '' -- $current)
    end

    set -l candidates
    if test -n "$option"
        set candidates (__switchback_candidates $command $option)
    else
        set -l first '[a-z]'
        string match -q -- '-*' $current
        and set first -
        for row in (string match -r -- "^$command;$first.*" $__switchback_rows)
            set -l fields (string split -m 3 ';' -- $row)
            printf '%s\t%s\n' $fields[2] $fields[4]
        end
        set candidates (__switchback_candidates $command $argument)
    end

    if string match -q -- ',*' $candidates # several, joined by commas
        set candidates (string sub -s 2 -- $candidates)
        set prefix $prefix(string replace -r '[^,]*$' '' -- $current)
    end
    for word in (string split -n ' ' -- $candidates)
        switch $word
            case '\**'
                set -l ending (string escape --style=regex -- (string sub -s 2 -- $word))
                for file in (complete -C "'' $current" | string replace -r '\t.*' '')
                    if string match -q -r -- "(/|$ending)\$" $file
                        echo $prefix$file
                    end
                end
            case '/*'
                set -l found (string match -r '.*/' -- $word)
                for file in $found*
                    if string match -q -- $word $file
                        echo $prefix$file
                    end
                end
            case '$SWITCHBACK_PORTS'
                string split -n : -- "$SWITCHBACK_PORTS"
            case '*'
                echo $prefix$word
        end
    end
end

complete -c switchback -f -a '(__switchback_complete)'

# command;option, argument or command;candidates;description
set -g __switchback_rows
@ROWS@
