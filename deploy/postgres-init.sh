#!/bin/sh
# Run once by the image of PostgreSQL, when its volume is new: a role that owns its own database and nothing else.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$(cat /run/secrets/sink-jdbc-password)" <<'SQL'
  create role braze login password :'password';
  create database braze owner braze encoding 'UTF8' template template0;
SQL
