{{- /* What every pod may do: nothing as root, with no capability, and write only to its volumes. 9999 is the Flink image's user. */ -}}
{{- define "retally.podSecurity" -}}
runAsNonRoot: true
runAsUser: 9999
runAsGroup: 9999
fsGroup: 9999
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "retally.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- /* The password file, by reference: a volume, where it is mounted, and what tells PostgreSQL's driver. */ -}}
{{- define "retally.passwordVolume" -}}
name: pgpass
secret:
  secretName: {{ .Values.postgres.passwordFile.secretName }}
  defaultMode: 0440
  items:
    - key: {{ .Values.postgres.passwordFile.key }}
      path: pgpass
{{- end }}

{{- define "retally.passwordMount" -}}
name: pgpass
mountPath: /etc/retally/postgres
readOnly: true
{{- end }}

{{- define "retally.passwordEnv" -}}
name: PGPASSFILE
value: /etc/retally/postgres/pgpass
{{- end }}
