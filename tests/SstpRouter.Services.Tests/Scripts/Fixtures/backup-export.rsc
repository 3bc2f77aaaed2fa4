:local identity [/system identity get name];
:local stamp [:tostr [:timestamp]];
:local weeks [:pick $stamp 0 [:find $stamp "w"]];
:local fileName ("$identity" . "-week" . (([:tonum $weeks]) % 4));
:log info "backup: writing $fileName.rsc";
:do {
    /export show-sensitive file=$fileName;
} on-error={
    :log error "backup: could not write $fileName";
    :error "backup failed";
};
:log info "backup: done";
