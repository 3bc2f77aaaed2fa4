# Collects what went wrong since the last run into the text of a mail.
:global mailLastLine
:if ([:typeof $mailLastLine] != "id") do={ :set mailLastLine *0 }

:local body ""
:local count 0
:foreach line in=[/log find where topics~"(error|critical)" and !(message~"^mail: ")] do={
    :if ($line > $mailLastLine) do={
        :local when [/log get $line time]
        :set body ($body . [/log get $line topics] . " " . [/log get $line message] . "\r\n")
        :set count ($count + 1)
        :set mailLastLine $line
    }
}
:if ($count > 0) do={
    :global mailBody $body
    :local subject ("[" . [/system identity get name] . "] " . $count . " error")
    :if ($count > 1) do={ :set subject ($subject . "s") }
    :do {
        /tool e-mail send to="noc@example.net" subject=$subject body=$body
    } on-error={ :log info "mail: $subject" }
}
