@echo off
rem Lapak from the command line, in the version that the file `versi` names: lapak --help
set /p LAPAK_VERSION=<"%~dp0versi"
"%~dp0app-%LAPAK_VERSION%\python.exe" -m ui %*
