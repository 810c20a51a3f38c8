"""What a web host must be told: which file an IRI means, types of files, the policy of pages.

Apache reads `.htaccess`; nginx a file that is included in its `server` block; Netlify and Cloudflare Pages read
`_headers` and `_redirects`, which know nothing of `Accept`: there an IRI leads to its page, and the page to its data.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from hpkg.pages.policy import POLICY

__all__ = ["host_rules"]

_QUERY_SCRIPT: Final = "script-src 'self' 'wasm-unsafe-eval'"
"""The query page alone may compile WebAssembly, its own."""
_TYPES: Final = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "rq": "application/sparql-query",
    "atom": "application/atom+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_DATA: Final = {"ttl": "text/turtle", "jsonld": "application/ld\\+json"}


def host_rules(base: str) -> dict[str, bytes]:
    """Return the files that tell hosts how to serve a site that stands at `base`."""
    root = urlsplit(base).path or "/"
    made = {
        ".htaccess": _apache(root),
        "nginx.conf": _nginx(root),
        "_headers": _headers(root),
        "_redirects": _redirects(root),
    }
    return {name: text.encode() for name, text in made.items()}


def _apache(root: str) -> str:
    types = "\n".join(f"AddType {media} .{ending}" for ending, media in _TYPES.items())
    data = "\n".join(
        f"RewriteCond %{{HTTP_ACCEPT}} {media} [NC]\nRewriteRule ^id/(.+)$ {root}data/$1.{ending} [R=303,L]\n"
        f"RewriteCond %{{HTTP_ACCEPT}} {media} [NC]\nRewriteRule ^(def|catalog|graph/.+)$ {root}$1.{ending} [R=303,L]"
        for ending, media in _DATA.items()
    )
    return f"""\
# Content negotiation of linked data for Apache httpd: an IRI leads by 303 to its page or its data.
AddDefaultCharset UTF-8
{types}
Options -MultiViews
DirectorySlash Off
ErrorDocument 404 {root}404.html
Header always set Content-Security-Policy "{POLICY}"
<FilesMatch "^sparql(\\.en)?(\\.html)?$">
Header always set Content-Security-Policy "{_query_policy()}"
</FilesMatch>
Header always set X-Content-Type-Options nosniff
Header always set Access-Control-Allow-Origin "*"
Header merge Vary "Accept, Accept-Language"
RewriteEngine On
RewriteBase {root}
{data}
RewriteRule ^\\.well-known/void$ .well-known/void.ttl [L]
RewriteCond %{{HTTP:Accept-Language}} ^en [NC]
RewriteRule ^id/(.+)$ {root}doc/$1.en.html [R=303,NE,L]
RewriteRule ^id/(.+)$ {root}doc/$1.html [R=303,NE,L]
RewriteCond %{{HTTP:Accept-Language}} ^en [NC]
RewriteCond %{{REQUEST_FILENAME}}.en.html -f
RewriteRule ^(.+)$ $1.en.html [L]
RewriteCond %{{REQUEST_FILENAME}}.html -f
RewriteRule ^(.+)$ $1.html [L]
"""


def _nginx(root: str) -> str:
    types = "\n".join(f"    {media} {ending};" for ending, media in _TYPES.items())
    return f"""\
# Content negotiation of linked data for nginx. In the http block:
#   map $http_accept $hpkg_form {{ default html; ~*text/turtle ttl; ~*application/ld\\+json jsonld; }}
#   map $http_accept_language $hpkg_page {{ default .html; ~*^en .en.html; }}
#   map $uri $hpkg_policy {{
#     default "{POLICY}";
#     ~/sparql(\\.en)?(\\.html)?$ "{_query_policy()}";
#   }}
# and in the server block, with `root` the folder above {root}: include nginx.conf;
types {{
    text/html html;
    text/css css;
    text/javascript js;
    image/svg+xml svg;
    application/json json;
    application/xml xml;
    text/plain txt;
    text/csv csv;
    application/gzip gz;
{types}
}}
charset utf-8;
charset_types text/html text/css text/turtle text/csv text/plain;
error_page 404 {root}404.html;
add_header Content-Security-Policy $hpkg_policy always;
add_header X-Content-Type-Options nosniff always;
add_header Access-Control-Allow-Origin "*" always;
add_header Vary "Accept, Accept-Language" always;
location ~ ^{root}id/(?<thing>.+)$ {{
    if ($hpkg_form = html) {{ return 303 {root}doc/$thing$hpkg_page; }}
    return 303 {root}data/$thing.$hpkg_form;
}}
location = {root}.well-known/void {{ default_type text/turtle; }}
location {root} {{ try_files $uri $uri$hpkg_page $uri.html $uri/index.html =404; }}
"""


def _headers(root: str) -> str:
    types = "\n".join(f"{root}*.{ending}\n  Content-Type: {media}; charset=utf-8" for ending, media in _TYPES.items())
    return f"""\
{root}*
  Content-Security-Policy: {POLICY}
  X-Content-Type-Options: nosniff
  Access-Control-Allow-Origin: *
{root}sparql*
  ! Content-Security-Policy
  Content-Security-Policy: {_query_policy()}
{root}.well-known/void
  Content-Type: text/turtle; charset=utf-8
{types}
"""


def _query_policy() -> str:
    return POLICY.replace("script-src 'self'", _QUERY_SCRIPT)


def _redirects(root: str) -> str:
    return f"{root}id/* {root}doc/:splat.html 303\n"
