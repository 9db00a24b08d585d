import jsii
from cdk8s import ApiObject, ApiObjectMetadata, JsonPatch
from cdk8s_nim import (
    CapabilityLevel,
    FeatureCapability,
    IIngressControllerProfile,
    IngressControllerLanguage,
    IngressControllerSetting,
    IngressDoor,
    IngressFeature,
    Peer,
    TlsVersion,
)

PREFIX = "edge.example.com/"


def enforced(feature, annotation, since=None):
    note = f"the annotation {PREFIX}{annotation}"
    return FeatureCapability(feature=feature, level=CapabilityLevel.ENFORCED, note=note, since=since)


def prerequisite(feature, note):
    return FeatureCapability(feature=feature, level=CapabilityLevel.PREREQUISITE, note=note)


@jsii.implements(IIngressControllerProfile)
class CompanyEdge:
    """An ingress controller that only one company has, with annotations of its own."""

    @property
    def name(self):
        return "Company Edge"

    @property
    def version(self):
        return "4.2.0"

    @property
    def uses_listener_certificate(self):
        return False

    @property
    def features(self):
        return [
            enforced(IngressFeature.TLS_1_2, "tls-minimum"),
            enforced(IngressFeature.TLS_1_3, "tls-minimum"),
            prerequisite(IngressFeature.HTTPS_REDIRECT, "the flag --redirect-http of the controller"),
            enforced(IngressFeature.HSTS, "hsts-max-age"),
            FeatureCapability(
                feature=IngressFeature.EXACT_PATHS, level=CapabilityLevel.ENFORCED, note="paths of the type Exact"
            ),
            prerequisite(
                IngressFeature.CLIENT_ADDRESS_DIRECT, "externalTrafficPolicy: Local on the Service of the controller"
            ),
            enforced(IngressFeature.RATE_PER_SECOND, "rate-limit"),
            enforced(IngressFeature.RATE_BURST, "rate-limit"),
            enforced(IngressFeature.STATUS_429, "rate-limit"),
            enforced(IngressFeature.BODY_SIZE, "max-body-bytes"),
            enforced(IngressFeature.TIMEOUTS, "timeout"),
            enforced(IngressFeature.SOURCE_RANGES, "allow", since="4.1.0"),
            enforced(IngressFeature.AUTH_EXTERNAL, "auth-url"),
        ]

    @property
    def language(self):
        return IngressControllerLanguage(
            name=self.name,
            door=IngressDoor.INGRESS,
            ingress_classes=["company-edge"],
            annotation_prefix=PREFIX,
            rate_limits=[
                IngressControllerSetting(field=f'metadata.annotations["{PREFIX}rate-limit"]', pattern="^[1-9]")
            ],
            authentications=[IngressControllerSetting(field=f'metadata.annotations["{PREFIX}auth-url"]')],
            timeout_annotation=f"{PREFIX}timeout",
            body_size_annotation=f"{PREFIX}max-body-bytes",
            # It never speaks TLS to pods.
            backend_tls=[],
        )

    def peers(self, scope):
        return [Peer.pods(labels={"app": "company-edge"}, namespace="edge")]

    def render(self, scope, requirements):
        asked = requirements
        ingress = ApiObject(
            scope,
            "Ingress",
            api_version="networking.k8s.io/v1",
            kind="Ingress",
            metadata=ApiObjectMetadata(
                name=asked.name,
                labels=asked.labels,
                annotations={**asked.annotations, **self._annotations(asked)},
            ),
        )
        backend = {"service": {"name": asked.service.name, "port": {"name": asked.service.port_name}}}
        paths = [{"backend": backend, "path": served.path, "pathType": "Exact"} for served in asked.paths]
        # The constructor of an ApiObject takes no spec in Python, and a patch keeps the order of its keys.
        ingress.add_json_patch(
            JsonPatch.add(
                "/spec",
                {
                    "ingressClassName": "company-edge",
                    "rules": [{"host": asked.host, "http": {"paths": paths}}],
                    "tls": [{"hosts": [asked.host], "secretName": asked.certificate_secret}],
                },
            )
        )

    def _annotations(self, asked):
        annotations = {
            f"{PREFIX}tls-minimum": "1.3" if asked.minimum_tls_version == TlsVersion.TLS_1_3 else "1.2",
            f"{PREFIX}hsts-max-age": f"{asked.hsts_max_age_seconds:.0f}",
            f"{PREFIX}rate-limit": f"{asked.rate_limit.requests:.0f}/s, burst {asked.rate_limit.burst:.0f}",
            f"{PREFIX}max-body-bytes": f"{asked.max_body_bytes:.0f}",
            f"{PREFIX}timeout": f"{asked.timeout_seconds:.0f}s",
        }
        if asked.source_ranges:
            annotations[f"{PREFIX}allow"] = " ".join(asked.source_ranges)
        if asked.authentication.url is not None:
            annotations[f"{PREFIX}auth-url"] = asked.authentication.url
        return annotations
