"""Two small reports in one store, with what makes a format stumble: many links between two nodes, quotes, line ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hpkg.export import Network, Selection, network_of
from hpkg.namespaces import BASE, PREFIXES
from hpkg.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD = f"@base <{BASE}> .\n" + "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())

CONTENTS: Mapping[str, str] = {
    f"{BASE}def": """
        hp:Task rdfs:subClassOf hp:TaskItem ; rdfs:label "nhiệm vụ"@vi, "task"@en .
        hp:TaskItem rdfs:subClassOf hp:Statement .
        hp:PillarTask rdfs:subClassOf hp:Task .
        hp:Pillar rdfs:subClassOf hp:StrategicDirection, hp:CodedConcept ; rdfs:label "trụ cột"@vi, "pillar"@en .
        hp:Project rdfs:label "dự án"@vi, "project"@en . hp:Plan rdfs:label "kế hoạch"@vi, "plan"@en .
        hp:contributesTo rdfs:label "góp phần vào"@vi, "contributes to"@en .""",
    f"{BASE}graph/vocab/pillar": """
        <id/pillar/port-logistics> a hp:Pillar ; skos:prefLabel "cảng biển"@vi, "ports & logistics"@en .""",
    f"{BASE}graph/vocab/project-status": """
        <id/project-status/started> a hp:StatusKind ; skos:prefLabel "Khởi công"@vi, "Started"@en .
        <id/project-status/completed> a hp:StatusKind ; skos:prefLabel "Hoàn thành"@vi, "Completed"@en .
        <id/period/2020> a hp:Period ; hp:startYear 2020 ; hp:endYear 2020 .
        <id/period/2021> a hp:Period ; hp:startYear 2021 ; hp:endYear 2021 .""",
    f"{BASE}graph/vn/2020-1": """
        <id/report/vn/2020-1> a hp:Report ; hp:documentNumber "1/BC" ; skos:prefLabel "Báo cáo một"@vi ;
          hp:setsOut <id/plan/vn/2021> .
        <id/plan/vn/2021> a hp:Plan ; skos:prefLabel "Kế hoạch"@vi ; hp:hasPillar <id/pillar/port-logistics> .
        <id/task/vn/2020-1/v.4.9> a hp:Task ; skos:prefLabel "Phát triển \\"dịch vụ\\" <logistics> & \\\\ #1"@vi ;
          hp:ordinal "V.4.9" ; hp:partOfPlan <id/plan/vn/2021> ;
          hp:contributesTo <id/pillar/port-logistics> ; hp:concernsProject <id/project/vn/cau> ;
          hp:evidence <id/report/vn/2020-1/text#char=20,30>, <id/report/vn/2020-1/text#char=3,10> .
        <id/contribution/vn/2020-1/v.4.9-port-logistics> a hp:Contribution ; hp:contributor <id/task/vn/2020-1/v.4.9> ;
          hp:direction <id/pillar/port-logistics> ; hp:evidence <id/report/vn/2020-1/text#char=3,10> .
        <id/project/vn/cau> a hp:Project ; skos:prefLabel "Cầu Rào"@vi .
        <id/project-status/vn/2020-1/a> a hp:ProjectStatus ; hp:ofProject <id/project/vn/cau> ;
          hp:status <id/project-status/started> ; hp:refPeriod <id/period/2020> .
        <id/project-status/vn/2020-1/b> a hp:ProjectStatus ; hp:ofProject <id/project/vn/cau> ;
          hp:status <id/project-status/completed> ; hp:refPeriod <id/period/2021> .
        <id/report/vn/2020-1/text#char=20,30> a hp:Passage ; hp:startOffset 20 ; hp:quote "trung tâm " .
        <id/report/vn/2020-1/text#char=3,10> a hp:Passage ; hp:startOffset 3 ; hp:quote "cảng biển" .
        <id/sentence/vn/2020-1/p2.v.4.9> a hp:Sentence ; hp:passage <id/report/vn/2020-1/text#char=3,10> .""",
    f"{BASE}graph/vn/2021-2": """
        <id/report/vn/2021-2> a hp:Report ; hp:documentNumber "2/BC" ; skos:prefLabel "Báo cáo hai"@vi .
        <id/task/vn/2021-2/v.1> a hp:Task ; skos:prefLabel "Xây cầu"@vi ; hp:contributesTo <id/pillar/port-logistics> ;
          hp:concernsProject <id/project/vn/cau> .
        <id/project/vn/cau> a hp:Project ; skos:prefLabel "Cầu Rào"@vi .""",
    f"{BASE}graph/entailed": """
        <id/task/vn/2020-1/v.4.9> a hp:TaskItem, hp:PillarTask ; hp:contributesTo <id/pillar/port-logistics> ;
          hp:underDirection <id/pillar/port-logistics> .
        <id/task/vn/2021-2/v.1> a hp:TaskItem, hp:PillarTask ; hp:underDirection <id/pillar/port-logistics> .""",
}
TASK, PILLAR = f"{BASE}id/task/vn/2020-1/v.4.9", f"{BASE}id/pillar/port-logistics"
PROJECT = f"{BASE}id/project/vn/cau"


@pytest.fixture(scope="session")
def two_reports() -> EmbeddedStore:
    """A store with two reports on one project."""
    return EmbeddedStore({graph: (HEAD + turtle).encode() for graph, turtle in CONTENTS.items()})


@pytest.fixture(scope="session")
def network(two_reports: EmbeddedStore) -> Network:
    """Everything that both reports say."""
    return network_of(two_reports, Selection("full"), "en")
