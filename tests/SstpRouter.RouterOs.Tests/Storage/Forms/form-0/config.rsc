#. generation 1
#. next-id *4 /ip/pool
#. next-id *5 ppp secret
/ip pool
add .id=*3 name=office ranges=10.0.0.2-10.0.0.9
/ppp profile
set *0 idle-timeout=5m
/ppp secret
add .id=*2 name=bob password="a b\"\$\n" comment="two words"
add .id=*4 name=carol disabled=yes
/system identity
set name=hq
#. end
