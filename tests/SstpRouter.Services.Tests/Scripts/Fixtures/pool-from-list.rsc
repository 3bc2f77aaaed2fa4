# Brings the pools to what the list says: adds what is missing, mends what differs, removes what this script has made and nobody wants any more.
:local wanted {
    "office"="10.20.0.10-10.20.0.99";
    "guests"="10.21.0.10-10.21.0.250";
    "phones"="10.22.0.2-10.22.0.30"
}
:local mark "by pool-from-list"
:local added 0; :local changed 0; :local removed 0

:foreach name,range in=$wanted do={
    :local id [/ip pool find where name=$name]
    :if ([:len $id] = 0) do={
        /ip pool add name=$name ranges=$range comment=$mark
        :set added ($added + 1)
    } else={
        :if ([/ip pool get $id ranges] != $range) do={
            /ip pool set $id ranges=$range comment=$mark
            :set changed ($changed + 1)
        }
    }
}

:foreach id in=[/ip pool find where comment=$mark] do={
    :local name [/ip pool get $id name]
    :if ([:typeof ($wanted->$name)] = "nothing") do={
        /ip pool remove $id
        :set removed ($removed + 1)
    }
}
:log info "pools: $added added, $changed changed, $removed removed"
