:global strReplace; :global arrJoin; :global ipNet; :global fib
:put [$strReplace "a/b/c" "/" " > "]
:put [$arrJoin {"x";"y";"z"} with=", "]
:put [$ipNet 10.20.30.40 bits=12]
:put [$fib 10]
:local list [:toarray "wan1,wan2,lte"]
:for i from=0 to=([:len $list] - 1) do={ :put "$i: $($list->$i)" }
:onerror e in={ :error "on purpose" } do={ :put "caught: $e" }
