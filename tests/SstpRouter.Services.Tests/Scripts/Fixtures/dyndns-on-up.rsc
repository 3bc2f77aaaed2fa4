# on-up of a PPP profile: tell the name service the address that the provider gave us.
# Keeps quiet while the address is the one that was told last.
:local Host ([/system/identity/get name] . ".dyn.example.net")
:local Address $"local-address"
:local Name [/interface/get $interface name]

:global DynLastAddress
:if ([:typeof $DynLastAddress] = "nothing") do={
    :set DynLastAddress "none"
}

:if ($Address = "") do={
    :log warning "dyndns: $Name has no address"
    :error "dyndns: no address on $Name"
}

:if ([:tostr $Address] = $DynLastAddress) do={
    :log info "dyndns: $Host is $Address already"
} else={
    # A router without the tool logs what it would have sent.
    :local Url "https://update.example.net/nic/update?hostname=$Host&myip=$Address"
    :do {
        /tool/fetch url=$Url mode=https output=none
    } on-error={
        :log info "dyndns: GET $Url"
    }
    :set DynLastAddress [:tostr $Address]
}
