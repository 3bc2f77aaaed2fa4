/ppp secret add .id=*5 name=dora remote-address=10.0.0.5
#. commit 1fc848b4ebd89b44bc7d6902beaa0ada
/ppp secret set *2 comment=x
/ppp secret set *4 comment=x
#. commit e51de0072434298de4a0341df25c73df
/ppp secret remove *4
#. commit 7ad10c5bdcc01ca248d0c75a571ad9d9
