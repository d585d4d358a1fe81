#!/bin/sh
# Take the password from the secret that the server itself was given ("neo4j/PASSWORD"), then run the command.
set -eu
secret=/run/secrets/neo4j_auth
if [ -z "${NEO4J_PASSWORD:-}" ] && [ -r "$secret" ]; then
    NEO4J_PASSWORD=$(sed 's|^neo4j/||' "$secret")
    export NEO4J_PASSWORD
fi
exec tailgraph "$@"
