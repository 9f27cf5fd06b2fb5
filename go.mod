module teduh

go 1.26.0
