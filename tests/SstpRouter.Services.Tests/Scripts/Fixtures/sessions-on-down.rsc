:global PppDrops
:if ([:typeof $PppDrops]!="array") do={ :set PppDrops [:toarray ""] }
:local n ($PppDrops->$user)
:if ([:typeof $n]="nothing") do={:set n 0}
:set n ($n+1)
:set ($PppDrops->$user) $n
:local times "time"; :if ($n>1) do={:set times "times"}
:log info ("link of ".$user." from ".$"caller-id"." went down, ".$n." ".$times." so far")
:if ($n>=3) do={
  /ppp secret disable [find name=$user]
  :log error "$user drops all the time, switched off"
}
