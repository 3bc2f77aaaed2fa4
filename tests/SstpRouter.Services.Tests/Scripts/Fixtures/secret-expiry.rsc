# Users whose comment ends with "until YYYY-MM-DD" are switched off on the day after.
# $today is set by whoever calls; without it this does nothing.
:global today
:if ([:len $today] != 10) do={ :error "set \$today first" }

:local number do={
    :return [:tonum ([:pick $1 0 4] . [:pick $1 5 7] . [:pick $1 8 10])]
}

:local off [:toarray ""]
:foreach s in=[/ppp secret find where !disabled and comment~"until [0-9]{4}-[0-9]{2}-[0-9]{2}\$"] do={
    :local note [/ppp secret get $s comment]
    :local day [:pick $note ([:find $note "until "] + 6) [:len $note]]
    :if ([$number $day] < [$number $today]) do={
        /ppp secret set $s disabled=yes comment=($note . " (expired)")
        :set off ($off, [/ppp secret get $s name])
    }
}
:if ([:len $off] > 0) do={
    :log warning ("expired: " . [:tostr $off])
}
