"""What all tests share: the package of this tree, the library that ROLLCALL_LIBRARY names, and a
small host."""
import os
import sys

import pytest

HERE = os.path.dirname(os.path.abspath(__file__))
BINDINGS = os.path.normpath(os.path.join(HERE, os.pardir))
SOURCE = os.path.normpath(os.path.join(BINDINGS, os.pardir, os.pardir))
sys.path[:0] = [BINDINGS, HERE]
sys.dont_write_bytecode = True

USERS = {
    "user": [
        {"id": "1", "first_name": "Ann", "last_name": "Smith", "email": "ann@acme.example",
         "web_password": True, "phone_secret": True, "voicemail_pin": True, "extension": "101"},
        {"id": "2", "first_name": "Bob", "last_name": "Jones", "email": "bob@acme.example",
         "web_password": True, "phone_secret": True, "voicemail_pin": True, "extension": "102"},
    ],
}
CONTEXT = {"actor": {"name": "ops@acme.example", "role": "client"}}
HEADER = b"ID,First Name,Last Name,Email,Extension\r\n"
# Ann and Bob exchange extensions, Carla is new, Dan's address is none.
FILE = HEADER + (b"1,Ann,Smith,ann@acme.example,102\r\n2,Bob,Jones,bob@acme.example,101\r\n"
                 b",Carla,Lopez,carla@acme.example,103\r\n,Dan,Brown,nowhere,104\r\n")


@pytest.fixture
def schema():
    import rollcall

    return rollcall.Schema("clusterpbx")


@pytest.fixture
def directory(schema):
    import rollcall

    return rollcall.MemoryDirectory(schema, USERS)


@pytest.fixture
def host(schema):
    import json

    from json_host import JsonHost

    return JsonHost(schema, json.dumps(USERS))
