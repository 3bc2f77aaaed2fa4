# Gives all addresses of one interface to another one; /ip address print where would show the same.
:local from "ether1"; :local to "ether2"
:local moved 0
/ip address
:foreach a in=[find where interface=$from and (address in 10.0.0.0/8 or address in 192.168.0.0/16) and !disabled] do={
    :local old [get $a address]
    set $a interface=$to comment="was on $from"
    :log info "moved $old"
    :set moved ($moved + 1)
}
:if ($moved = 0) do={ :log warning "nothing to move" }
:return $moved
