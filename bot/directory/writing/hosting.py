"""What tells a web host to serve each folder's index.json at the bare path, as JSON, to everybody's pages.

`_headers` and `_redirects` are read by Netlify and Cloudflare Pages, `.htaccess` by Apache; docs/directory.md has the
same for nginx. A host without any of them serves the same files as /services/index.json.
"""

from collections.abc import Iterable

#: "?page=2" is answered by the file of page 2, and everything else that is asked is ignored.
HTACCESS = """\
# Serve /services as /services/index.json. Needs mod_rewrite, mod_dir, mod_headers and mod_mime.
DirectoryIndex index.json index.html
DirectorySlash Off
AddType application/json .json
AddDefaultCharset utf-8
AddCharset utf-8 .json .csv

<IfModule mod_headers.c>
    Header set Access-Control-Allow-Origin "*"
    Header set X-Content-Type-Options "nosniff"
</IfModule>

<IfModule mod_rewrite.c>
    RewriteEngine On
    RewriteCond %{QUERY_STRING} (?:^|&)page=([1-9][0-9]*)(?:&|$)
    RewriteRule ^([a-z_]+)/?$ $1/page/%1/index.json [L]
    RewriteCond %{REQUEST_FILENAME}/index.json -f
    RewriteRule ^(.+?)/?$ $1/index.json [L]
</IfModule>
"""


def headers(lists: Iterable[str]) -> str:
    """Return the headers of each path: pages of other sites may read it, and the bare paths are JSON."""
    rules = ["/*", "  Access-Control-Allow-Origin: *", "  X-Content-Type-Options: nosniff"]
    for path in ("/", *(f"/{name}{rest}" for name in lists for rest in ("", "/*"))):
        rules += [path, "  Content-Type: application/json; charset=utf-8"]
    return "\n".join([*rules, ""])


def redirects(lists: Iterable[str]) -> str:
    """Return what each bare path is answered with. Rules a host does not know (the first of a pair) it leaves out."""
    every = tuple(lists)
    rules = ["/ /index.json 200!", "/ /index.json 200"]
    rules += [f"/{name} page=:number /{name}/page/:number/index.json 200" for name in every]
    rules += [f"/{name} /{name}/index.json 200" for name in every]
    rules += [f"/{name}/page/:number /{name}/page/:number/index.json 200" for name in every]
    rules += [f"/{name}/:id /{name}/:id/index.json 200" for name in every]
    return "\n".join([*rules, ""])
