/ppp secret add .id=*1 name=alice
#. commit 183a5c3f1cada0c73a6db2c1d4aef87a
/ppp secret remove *1
#. commit 046f5413318e79f0c3cd79c695143a67
