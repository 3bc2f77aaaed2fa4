:local report [:toarray ""]
:set ($report->"router") [/system identity get name]
:local users ({})
:foreach s in=[/ppp secret find] do={
    :set ($users->[/ppp secret get $s name]) {
        "profile"=[/ppp secret get $s profile];
        "on"=(![/ppp secret get $s disabled])
    }
}
:set ($report->"users") $users
:local json [:serialize to=json value=$report]
:put $json
:local back [:deserialize from=json value=$json]
:put ($back->"users"->"alice"->"profile")
:put [:convert "hello" to=base64]
