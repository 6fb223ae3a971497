filedesc://a.arc 0.0.0.0 20240506070809 text/plain 10
1 0 x
URL

http://a.example/with space 192.0.2.1 20240506070809 text/html 97
HTTP/1.1 200 OK
Content-Type: text/html; charset=utf-8

<title>Arc</title><p>From an ARC file.
no record at all