# Every minute: a tunnel that should be up and is not gets a push, and a word in the log after the third.
:global wdMiss
:if ([:typeof $wdMiss] != "array") do={ :set wdMiss ({}) }

/interface/sstp-client {
    :foreach i in=[find where disabled=no] do={
        :local name [get $i name]
        :if ([get $i running]) do={
            :set ($wdMiss->$name) 0
        } else={
            :local misses (($wdMiss->$name) + 1)
            :set ($wdMiss->$name) $misses
            :if ($misses % 3 = 0) do={
                disable $i; enable $i
                :log error "watchdog: $name is down for $misses rounds, restarted"
            } else={
                :log info "watchdog: $name is down ($misses)"
            }
        }
    }
}
