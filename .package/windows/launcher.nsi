; Lapak.exe: starts the version that the file `versi` beside it names, and is gone. Needs no rights, shows nothing.
Target amd64-unicode
Name "Lapak"
OutFile "${OUT}"
Icon "${ICON}"
RequestExecutionLevel user
SilentInstall silent
AutoCloseWindow true
XPStyle on
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "Lapak"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "Lapak, kasir stan pameran"
VIAddVersionKey LegalCopyright "The Lapak contributors, Apache License 2.0"
!include "FileFunc.nsh"

Section
  ClearErrors
  FileOpen $0 "$EXEDIR\versi" r
  FileRead $0 $1 40
  FileClose $0
  IfErrors lost
trim: ; the end of the line
  StrCpy $2 $1 1 -1
  StrCmp $2 "$\n" 0 +3
  StrCpy $1 $1 -1
  Goto trim
  StrCmp $2 "$\r" 0 +3
  StrCpy $1 $1 -1
  Goto trim
  IfFileExists "$EXEDIR\app-$1\pythonw.exe" start
lost: ; any that is whole
  FindFirst $0 $2 "$EXEDIR\app-*"
  FindClose $0
  StrCpy $1 $2 "" 4
  IfFileExists "$EXEDIR\app-$1\pythonw.exe" start
  MessageBox MB_OK|MB_ICONSTOP "Lapak tidak lengkap di folder ini. Ekstrak seluruh berkas .zip, atau pasang lagi; data Anda tetap ada."
  SetErrorLevel 3
  Quit
start:
  ${GetParameters} $3
  SetOutPath "$PROFILE"
  Exec '"$EXEDIR\app-$1\pythonw.exe" -m ui $3'
SectionEnd
