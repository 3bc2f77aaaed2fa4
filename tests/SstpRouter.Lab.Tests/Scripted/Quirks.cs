namespace SstpRouter.Lab.Tests.Scripted;

// Which test shows that the router lives with which habit of which peer. Without a class: what is not to be shown here, and why.
//
// All clients, all servers
//   reserved bits read without masks; lengths equal; FF 03 and two bytes; one attribute ......... RouterRules, in every script
//   a repeated request is a stall of 3 s ....................................................... ScriptedPeer, in every script
//   data before CALL_CONNECTED is dropped ...................................................... ScriptedPeer, in every script
//
// Windows client
//   loses a Configure-Request right behind the CALL_CONNECT_ACK ................................ WindowsClientTests.Logs_in_without_a_stall_and_hangs_up
//   callback, PFC, ACFC, MRU 4091, three Identifications ....................................... the same
//   probes IPV6CP and CCP, and is fine with a Protocol-Reject .................................. the same
//   CALL_CONNECTED right after the login, while our network protocols run already .............. the same
//   Host is the dialled name without a port; SHA-256 where it is offered; asks 129 to 132 ...... the same
//   TLS 1.2 and 1.3; with and without a server name in the ClientHello ......................... the same
//   echo after 60 s; Terminate-Request, then CALL_DISCONNECT, and waits for the ACK ............ the same
//   domain in the name, not in the hash; IPv6 where it is on ................................... WindowsClientTests.Logs_in_with_a_domain_and_takes_IPv6
//   EAP alone by profile ....................................................................... WindowsClientTests.Is_turned_away_where_it_wants_EAP_alone
//   never a key of zeros with MS-CHAPv2 ........................................................ SstpcClientTests.Is_refused_with_Status_Info_where_its_binding_is_wrong
//   ALPN; KeyUpdate; renegotiation; resumption and tickets ..................................... WindowsTlsTests
//   PAP and CHAP with MD5 by profile, which it has as others have .............................. RouterOsClientTests.Logs_in_by_pap_over_anonymous_tls, EmbeddedClientTests
//   sleep and loss of the network without a word ............................................... EmbeddedClientTests ends so; the router's own keepalive has tests of its own
//   root in the machine's store, names, EKU, revocation, registry, event log, error numbers .... not here: checks inside Windows, of the certificate and not of the wire
//   RADIUS without MPPE keys ................................................................... not here: a wrong key on the wire is SstpcClientTests.Is_refused_with_Status_Info_where_its_binding_is_wrong
//   error 691 of Windows 10 1803 with SoftEther ................................................ not here: one report between two other products
//
// Windows RRAS server
//   EAP first, down to MS-CHAPv2 on a Nak; MRU 4091; callback; MRRU 1614; discriminator ......... RrasServerTests.Takes_the_login_and_the_good_bye
//   no blank before M=; binding checked byte by byte; both hashes .............................. the same
//   CALL_ABORT with attribute 3, status 4 on a mismatch ........................................ RrasServerTests.Refuses_a_binding_and_the_log_says_what_that_means
//   hashes the user part of DOMAIN\user ........................................................ RrasServerTests.Takes_a_name_with_a_domain
//   NAK of a request ........................................................................... AccelPppServerTests, RefusingServerTests.One_that_says_NAK_for_ever_is_asked_four_times
//   http.sys and the certificate in two places ................................................. not here: settings of Windows; on the wire it is the mismatch above
//
// RouterOS client
//   AES256-CBC-SHA by RSA key exchange; no SNI; SHA-1 in the binding; MRU = max-mru ............. RouterOsClientTests.Logs_in_by_mschap2_over_rsa_key_exchange
//   VJ, multilink and BCP are refused .......................................................... the same
//   anonymous Diffie-Hellman; PAP with a key of zeros .......................................... RouterOsClientTests.Logs_in_by_pap_over_anonymous_tls
//   keepalive by LCP or by SSTP ................................................................ both
//   HTTP request, order of LCP options, certificate hash in anonymous mode ..................... assumed: no capture was published
//   client certificate, RSA keys of 472 bits ................................................... not here: SstpRouter.Tls.Tests, ClientCertificateTests and PolicyErrorTests
//   insists on MPPE with use-encryption=required ............................................... not here: nobody has seen whether it does
//
// RouterOS server
//   PAP's Ack with a text outside its length; SHA-1 alone; AES256-CBC-SHA ....................... RouterOsServerTests.Takes_a_login_by_pap_bound_by_SHA1
//   makes up an address of 10.112.112.0/24; keepalive by LCP or by SSTP ........................ the same
//   no certificate ............................................................................. RouterOsServerTests.Takes_a_login_by_mschap2_over_anonymous_tls
//   cuts after 60 s whoever sent no right CALL_CONNECTED ....................................... the same two: what we send is right byte by byte, with PAP too
//   RADIUS without MS-CHAP2-Success ............................................................ RefusingServerTests.A_forged_success_is_no_success
//
// SoftEther server
//   authentication option alone, EAP first; rejects magic ...................................... SoftEtherServerTests.Stays_connected_though_it_never_answers_an_echo
//   never answers ECHO_REQUEST, but sends its own; LCP echo with id 0, magic 0 and text ........ the same
//   starts only when our first frame arrives; challenge before our LCP is open ................. the same
//   SHA-256 alone; address 192.0.0.8; its own IPCP request first ............................... the same
//   CALL_DISCONNECT without attributes ......................................................... the same
//   CALL_ABORT without attributes; Nak of an MRU above 1500 .................................... SoftEtherServerTests.Takes_no_more_than_1500_and_aborts_without_a_word_about_why
//   NAK without AttribValue .................................................................... RefusingServerTests.One_that_says_NAK_for_ever_is_asked_four_times
//   user@hub ................................................................................... not here: a name like any other, sent as typed
//   junk stalls its parser; certificates of elliptic curves; other services on its port ........ not here: we send no junk, and the rest is its own business
//
// accel-ppp server
//   byte 1 and length without masks ............................................................ RouterRules, in every script
//   HTTP/1.1 200 OK; NAK with a wrong attribute length; empty challenge name; random ids ....... AccelPppServerTests.Takes_the_login_after_a_NAK_and_aborts_in_its_own_way
//   MRU 1452; no option that it would reject; LCP echo each 10 s; CALL_ABORT 2, status 7 ....... the same
//   60 s to CALL_CONNECTED, with PAP and CHAP too .............................................. RouterOsServerTests.Takes_a_login_by_pap_bound_by_SHA1 sends it at once
//   host-name= compared with Host .............................................................. CallsFromRouter.ScriptedCall.AnswerRequest: the dialled name without a port
//   ssl-protocol=, no renegotiation ............................................................ not here: settings of its OpenSSL; we never renegotiate
//
// sstp-client with pppd
//   HTTP head in one record, nothing behind it, at most seven headers .......................... ScriptedPeer.ReadHead, in every script of a client
//   Host first, correlation id without braces .................................................. SstpcClientTests
//   CALL_CONNECTED before the login has ended .................................................. SstpcClientTests.May_send_CALL_CONNECTED_before_it_knows_that_the_login_succeeded
//   CALL_CONNECTED after the network protocols; needs Status Info in CALL_DISCONNECT ........... SstpcClientTests.May_send_CALL_CONNECTED_after_the_network_protocols_and_is_told_when_it_is_hung_up
//   reads no CALL_ABORT of eight bytes ......................................................... SstpcClientTests.Is_refused_with_Status_Info_where_its_binding_is_wrong
//   ACCM 0, PFC, ACFC, VJ, deflate; echo after 60 s; CALL_DISCONNECT without attributes ........ the first two
//   versions that never send CALL_CONNECTED with PAP ........................................... not here: BindingGateTests of SstpRouter.Tunnels.Tests; they are cut
//   name check, plugin and pppd versions ....................................................... not here: inside the client
//
// sorz server with pppd
//   ACCM, PFC, ACFC, VJ, deflate ............................................................... SorzServerTests.Takes_the_login_without_any_of_pppds_compressions
//   no hash in CALL_CONNECT_ACK; CALL_ABORT of a bare status ................................... RefusingServerTests.Sorz_without_a_certificate_is_left_with_the_reason, Sorz_may_abort_with_a_bare_status
//   Failure with R=1 ........................................................................... RefusingServerTests.Pppd_may_offer_another_try_in_vain
//   a request without attributes raises an exception; PROXY protocol ........................... not here: we send neither
//
// Open SSTP Client
//   length, FF 03, codes, authentication option, no name servers in our request ................ RouterRules, in every script
//   rejects magic; knows MRU and authentication alone; IPV6CP rejected ......................... OpenSstpClientTests.Logs_in_and_keeps_the_line_alive
//   Success of 42 characters at least; hashes the domain ....................................... the same
//   both echoes; an echo reply with text for a magic number .................................... the same
//   3 s for the login ........................................................................... no request is ever repeated: ScriptedPeer, in every script
//   EAP; TLS by the user's choice .............................................................. not here: EAP is not spoken, the versions are those of Windows
//
// Small embedded clients
//   no correlation id, a port in Host, all in one write, reserved bits set ..................... EmbeddedClientTests.Logs_in_by_chap_with_all_at_once
//   no address option in IPCP .................................................................. the same
//
// Servers that are up to something
//   NAK for ever; Success without a signature, or with another's ............................... RefusingServerTests
