# Writes rollcall.spdx.json, an SPDX 2.3 document: what rollcall is made of, in which versions this
# build has found them, and under which licences. SOURCE_DATE_EPOCH makes it the same every time.
include_guard()

# rollcall_sbom_package(<name> <version> <licence> <homepage>): one entry of `packages`.
function(rollcall_sbom_package name version licence homepage)
  string(CONCAT text
    "    {\n"
    "      \"SPDXID\": \"SPDXRef-Package-${name}\",\n"
    "      \"name\": \"${name}\",\n"
    "      \"versionInfo\": \"${version}\",\n"
    "      \"downloadLocation\": \"NOASSERTION\",\n"
    "      \"homepage\": \"${homepage}\",\n"
    "      \"filesAnalyzed\": false,\n"
    "      \"licenseConcluded\": \"${licence}\",\n"
    "      \"licenseDeclared\": \"${licence}\",\n"
    "      \"copyrightText\": \"NOASSERTION\"\n"
    "    }")
  set_property(GLOBAL APPEND PROPERTY rollcall_sbom_packages "${text}")
endfunction()

# rollcall_sbom_relation(<from> <relation> <to>)
function(rollcall_sbom_relation from relation to)
  string(CONCAT text
    "    {\"spdxElementId\": \"SPDXRef-${from}\", \"relationshipType\": \"${relation}\", "
    "\"relatedSpdxElement\": \"SPDXRef-${to}\"}")
  set_property(GLOBAL APPEND PROPERTY rollcall_sbom_relations "${text}")
endfunction()

rollcall_sbom_package(rollcall ${PROJECT_VERSION} BSL-1.0 NOASSERTION)
rollcall_sbom_relation(DOCUMENT DESCRIBES Package-rollcall)
# What is linked, and then what is compiled in.
rollcall_sbom_package(simdjson "${simdjson_VERSION}" Apache-2.0 https://simdjson.org)
rollcall_sbom_package(utf8proc "${Utf8proc_VERSION}" MIT https://juliastrings.github.io/utf8proc)
set(linked simdjson utf8proc)
if(ROLLCALL_SQLITE)
  rollcall_sbom_package(sqlite "${SQLite3_VERSION}" blessing https://www.sqlite.org)
  list(APPEND linked sqlite)
endif()
if(ROLLCALL_XLSX)
  rollcall_sbom_package(libxlsxwriter "${Xlsxwriter_VERSION}" BSD-2-Clause
    https://libxlsxwriter.github.io)
  list(APPEND linked libxlsxwriter)
endif()
foreach(name IN LISTS linked)
  rollcall_sbom_relation(Package-rollcall DYNAMIC_LINK Package-${name})
endforeach()
rollcall_sbom_package(boost "${Boost_VERSION}" BSL-1.0 https://www.boost.org)
rollcall_sbom_package(fmt "${fmt_VERSION}" MIT https://fmt.dev)
foreach(name IN ITEMS boost fmt)
  rollcall_sbom_relation(Package-rollcall STATIC_LINK Package-${name})
endforeach()

get_property(packages GLOBAL PROPERTY rollcall_sbom_packages)
get_property(relations GLOBAL PROPERTY rollcall_sbom_relations)
list(JOIN packages ",\n" packages)
list(JOIN relations ",\n" relations)
string(TIMESTAMP created "%Y-%m-%dT%H:%M:%SZ" UTC)
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/rollcall.spdx.json CONTENT [[{
  "spdxVersion": "SPDX-2.3",
  "dataLicense": "CC0-1.0",
  "SPDXID": "SPDXRef-DOCUMENT",
  "name": "rollcall-@PROJECT_VERSION@",
  "documentNamespace": "urn:rollcall:spdx:@PROJECT_VERSION@:@created@",
  "creationInfo": {
    "created": "@created@",
    "creators": ["Tool: rollcall-cmake"]
  },
  "packages": [
@packages@
  ],
  "relationships": [
@relations@
  ]
}
]] @ONLY)
