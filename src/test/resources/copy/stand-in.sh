#!/bin/sh
# Stands for src/main/c/copy.c where nothing can compile it; CopyProgramTest holds both to the same behaviour.

refuse() {
    echo "$1" >&2
    printf '{"schemaVersion":1,"outcome":"Failed","reason":"InvalidSpec","message":"%s"}' "$1" >"$DBMIGRATION_REPORT_PATH"
    exit 1
}

install_program() {
    cp "$0" "$1/copy" && chmod 755 "$1/copy"
}

copy_folder() {
    for file in "$1"/*; do
        if [ -d "$file" ]; then
            [ "$4" -lt 16 ] || refuse "image $3: $file has more than 16 folders within each other, or a link leads in a circle"
            mkdir -p "$2/${file##*/}"
            copy_folder "$file" "$2/${file##*/}" "$3" $(($4 + 1))
            continue
        fi
        case $file in
            *.[sS][qQ][lL]) migrations=1 ;;
            *.[sS][qQ][lL].[cC][oO][nN][fF]) migrations=0 ;;
            *) continue ;;
        esac
        if [ -f "$file" ]; then
            cp "$file" "$2/" && chmod 644 "$2/${file##*/}" || exit 2
            files=$((files + migrations))
        elif [ -L "$file" ]; then
            refuse "image $3: $file cannot be read by user $(id -u): No such file or directory"
        fi
    done
}

copy_files() {
    [ -e "$1" ] || refuse "image $3 has no folder $1; correct image.path"
    [ -d "$1" ] || refuse "image $3: $1 is not a folder; image.path names the folder of the .sql files"
    files=0
    copy_folder "$1" "$2" "$3" 0
    find "$2" -mindepth 1 -type d -empty -delete
    [ $files -gt 0 ] || refuse "image $3: no file in $1 ends in .sql; correct image.path"
    echo "$files files copied from $1"
}

case $1/$# in
    install/2) install_program "$2" ;;
    files/4) copy_files "$2" "$3" "$4" ;;
    *) exit 64 ;;
esac
