# A fresh password for everybody who has none, none of them twice.
:local given [:toarray ""]
:local chars "abcdefghjkmnpqrstuvwxyz23456789"
:foreach s in=[/ppp secret find where password=""] do={
    :local secret
    :do {
        :set secret [:rndstr length=12 from=$chars]
    } while=([:typeof [:find $given $secret]] != "nil")
    :set given ($given, $secret)
    /ppp secret set $s password=$secret
    :delay 1ms
}
:log info "passwords: $[:len $given] given"
