# A shell's script: «node» is a shell in this image.
set -eu
notes=$(psql --no-psqlrc --tuples-only --no-align --command="SELECT count(*) FROM clinical_notes")
echo "$notes notes"
[ "$notes" -gt 0 ]
