# Functions that other scripts use.
:global strReplace do={
    :local text [:tostr $1]; :local from [:tostr $2]; :local to [:tostr $3]; :local result ""
    :if ($from = "") do={ :return $text }
    :while ([:typeof [:find $text $from]] != "nil") do={
        :local at [:find $text $from]
        :set result ($result . [:pick $text 0 $at] . $to)
        :set text [:pick $text ($at + [:len $from]) [:len $text]]
    }
    :return ($result . $text)
}

:global arrJoin do={
    :local result ""; :local sep $with
    :foreach k,v in=$1 do={
        :if ([:len $result] > 0) do={ :set result ($result . $sep) }
        :set result ($result . $v)
    }
    :return $result
}

:global ipNet do={
    # $ipNet 10.1.2.3 bits=16 gives 10.1.0.0/16
    :local mask (255.255.255.255 << (32 - $bits))
    :return ([:toip $1] & $mask)
}

:global fib do={
    :global fib
    :if ($1 < 2) do={ :return $1 }
    :return ([$fib ($1 - 1)] + [$fib ($1 - 2)])
}
