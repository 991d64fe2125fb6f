; The installer: for the person who starts it, without an administrator. Uninstalling leaves the data alone.
Target amd64-unicode ; as all that it installs: Windows itself refuses it where that could not run
SetCompressor /SOLID lzma
Name "Lapak ${VERSION}"
OutFile "${OUT}"
Icon "${ICON}"
UninstallIcon "${ICON}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Lapak"
BrandingText "Lapak ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "Lapak"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "Memasang Lapak, kasir stan pameran"
VIAddVersionKey LegalCopyright "The Lapak contributors, Apache License 2.0"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Lapak"
!include "MUI2.nsh"
!include "LogicLib.nsh"
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\Lapak.exe"
!define MUI_FINISHPAGE_RUN_TEXT "$(START)"
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Indonesian"
!insertmacro MUI_LANGUAGE "English"
LangString START ${LANG_INDONESIAN} "Buka Lapak"
LangString START ${LANG_ENGLISH} "Open Lapak"
LangString KEPT ${LANG_INDONESIAN} "Program Lapak dihapus. Data Anda tetap ada di:"
LangString KEPT ${LANG_ENGLISH} "The program is removed. Your data are still in:"

Section
  SetOutPath "$INSTDIR"
  ; The version so far becomes the way back.
  ClearErrors
  FileOpen $0 "$INSTDIR\versi" r
  FileRead $0 $1 40
  FileClose $0
  ${If} ${Errors}
    StrCpy $1 ""
  ${EndIf}
  File /r "${FOLDER}\*"
  ; Python keeps what it has read of each module; doing it now makes the first start as quick as the next.
  nsExec::Exec '"$INSTDIR\${APP}\python.exe" -m compileall -q "$INSTDIR\${APP}"'
  Pop $0
  ${If} $1 != ""
    FileOpen $0 "$INSTDIR\versi" w
    FileWrite $0 "${VERSION}$\n$1"
    FileClose $0
  ${EndIf}
  WriteUninstaller "$INSTDIR\Uninstall.exe"
  SetOutPath "$PROFILE" ; where the shortcuts start it
  CreateShortcut "$SMPROGRAMS\Lapak.lnk" "$INSTDIR\Lapak.exe"
  CreateShortcut "$DESKTOP\Lapak.lnk" "$INSTDIR\Lapak.exe"
  WriteRegStr HKCU "${KEY}" "DisplayName" "Lapak"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\Lapak.exe"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\Uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\Uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" ${SIZE}
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
SectionEnd

Section Uninstall
  ; Only what the installer or an update put there: somebody may have chosen a folder with more in it.
  Delete "$SMPROGRAMS\Lapak.lnk"
  Delete "$DESKTOP\Lapak.lnk"
  FindFirst $0 $1 "$INSTDIR\app-*"
  ${DoWhile} $1 != ""
    RMDir /r "$INSTDIR\$1"
    FindNext $0 $1
  ${Loop}
  FindClose $0
  Delete "$INSTDIR\versi"
  Delete "$INSTDIR\.lapak.kunci"
  Delete "$INSTDIR\Lapak.exe"
  Delete "$INSTDIR\lapak.cmd"
  Delete "$INSTDIR\BACA-SAYA.txt"
  Delete "$INSTDIR\Uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${KEY}"
  MessageBox MB_OK|MB_ICONINFORMATION "$(KEPT) $LOCALAPPDATA\Lapak" /SD IDOK
SectionEnd
