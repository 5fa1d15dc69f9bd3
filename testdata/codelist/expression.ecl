/* Squeaks, but for those of hinges */
<< 401004 |Squeak|
    MINUS << 403001 |Squeak of hinge|  /* and all below */
