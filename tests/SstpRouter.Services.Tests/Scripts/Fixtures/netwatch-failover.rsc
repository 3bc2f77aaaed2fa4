# Called every few seconds: two tunnels to the same office, the second one dials only while the first is down.
:local main "sstp-main"; :local spare "sstp-spare"
:global failoverState
:if ([:len $failoverState] = 0) do={ :set failoverState "main" }

:local mainUp false
:do {
  :if ([/interface sstp-client get [find name=$main] running]) do={ :set mainUp true }
} on-error={ :log error "failover: there is no $main" ; :error "no $main" }

:if ($mainUp && $failoverState = "spare") do={
  /interface sstp-client disable $spare
  :set failoverState "main"
  :log warning "failover: back on $main"
}
:if (!$mainUp && $failoverState = "main") do={
  /interface sstp-client enable $spare
  /interface sstp-client set $spare comment="took over from $main"
  :set failoverState "spare"
  :log warning "failover: $main is down, dialling $spare"
}
