-- Twenty rows of the table $table from its row $first on. Its name is one of the catalogue's.

select * from query('from ' || $table || ' where rowid >= ' || $first || ' limit 20')
